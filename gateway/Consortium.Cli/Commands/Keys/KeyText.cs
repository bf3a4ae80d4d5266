using System.Text.Json.Nodes;
using Consortium.Client.Keys;

namespace Consortium.Cli.Commands;

/// <summary>Prints the public part of a key.</summary>
internal static class KeyText
{
    public static VerbResult Result(string path, SigningKey key)
    {
        var (hex, pem) = (key.PublicKey.ToString(), key.ToPublicPem());
        return new VerbResult(
            new JsonObject { ["file"] = path, ["publicKey"] = hex, ["publicKeyPem"] = pem },
            console => console.Facts([("File", path), ("Public key", hex), ("As PEM", pem)]));
    }
}
