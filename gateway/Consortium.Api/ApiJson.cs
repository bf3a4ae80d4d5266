using System.Text.Json;
using System.Text.Json.Serialization;

namespace Consortium.Api;

/// <summary>The options by which the API writes and reads JSON.</summary>
/// <remarks>
/// Names are camelCase, enum values snake_case. Amounts and other numbers that may pass 2^53 are decimal strings; heights,
/// positions and times (UTC milliseconds since 1970) are numbers. Ids are bech32m, keys and digests hexadecimal,
/// other bytes base64. A member without a value is left out.
/// </remarks>
public static class ApiJson
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int DepthMax = 16;

    /// <summary>For answers: members that are not known are passed over, so that a client may be older than its gateway.</summary>
    public static JsonSerializerOptions Options { get; } = Make(JsonUnmappedMemberHandling.Skip);

    /// <summary>For requests: an unknown member is refused, because ignoring it would lose something that the sender meant.</summary>
    public static JsonSerializerOptions Strict { get; } = Make(JsonUnmappedMemberHandling.Disallow);

    /// <summary>Applies the API's conventions to options that others made, such as a web host's.</summary>
    /// <param name="options">The options.</param>
    /// <param name="unmapped">Whether unknown members are refused or ignored.</param>
    public static void Configure(JsonSerializerOptions options, JsonUnmappedMemberHandling unmapped)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = unmapped;
        options.RespectNullableAnnotations = true;

        // A request must have every required member; the answer of an older gateway may lack some.
        options.RespectRequiredConstructorParameters = unmapped == JsonUnmappedMemberHandling.Disallow;
        options.MaxDepth = DepthMax;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Make(JsonUnmappedMemberHandling unmapped)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General);
        Configure(options, unmapped);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
