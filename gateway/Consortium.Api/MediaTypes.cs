namespace Consortium.Api;

/// <summary>Media types of the API.</summary>
public static class MediaTypes
{
    /// <summary>JSON.</summary>
    public const string Json = "application/json";

    /// <summary>Protocol buffers.</summary>
    public const string Protobuf = "application/x-protobuf";

    /// <summary>Proofs and exports as they are.</summary>
    public const string Bytes = "application/octet-stream";

    /// <summary>Problem details (RFC 9457).</summary>
    public const string Problem = "application/problem+json";

    /// <summary>Server-sent events.</summary>
    public const string EventStream = "text/event-stream";
}
