using Consortium.Client.Keys;

namespace Consortium.Client.Grpc;

/// <summary>The credentials of a client, and its timeout.</summary>
public sealed class GrpcTransportOptions
{
    /// <summary>Sent as <c>authorization: Bearer TOKEN</c>, or <see langword="null"/>.</summary>
    public string? Token { get; init; }

    /// <summary>Signs every read, or <see langword="null"/>; owned by the caller, and used by one thread at a time.</summary>
    public SigningKey? Signer { get; init; }

    /// <summary>The clock that signatures and deadlines take their time from.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Longest time for an answer, in addition to a wait for a finality level.</summary>
    /// <value>The default is 100 s.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Carries the calls, or <see langword="null"/> for sockets; owned by the transport.</summary>
    public HttpMessageHandler? Handler { get; init; }
}
