namespace Consortium.Api;

/// <summary>A signature over a payload.</summary>
/// <param name="PublicKey">X then Y, 128 hexadecimal digits.</param>
/// <param name="Value">r then s, 64 bytes, base64; s in the lower half of the group order.</param>
public sealed record SignatureJson(string PublicKey, string Value);
