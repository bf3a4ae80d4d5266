namespace Consortium.Gateway.Hosting;

/// <summary>One setting: given as <c>--name value</c>, as environment variable <c>CONSORTIUM_NAME</c>, or in appsettings.json under <c>Consortium</c>.</summary>
/// <param name="Name">For example <c>request-bytes-max</c>.</param>
/// <param name="Summary">What it is, with its unit.</param>
/// <param name="Default">Its default, for people.</param>
/// <param name="Range">What it may be, for people.</param>
/// <param name="IsFlag">Whether it stands on the command line without a value.</param>
/// <param name="Apply">Makes options with the setting, or <see langword="null"/> when the value is out of range.</param>
public sealed record GatewaySetting(
    string Name,
    string Summary,
    string Default,
    string Range,
    bool IsFlag,
    Func<GatewayOptions, string, GatewayOptions?> Apply)
{
    /// <summary>The environment variable, for example <c>CONSORTIUM_REQUEST_BYTES_MAX</c>.</summary>
    public string Variable => "CONSORTIUM_" + Name.Replace('-', '_').ToUpperInvariant();
}
