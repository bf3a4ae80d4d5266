using System.Security.Cryptography;
using System.Text;
using Consortium.Gateway.Hosting;

namespace Consortium.Gateway.Access;

/// <summary>Identifies callers by their tokens.</summary>
internal sealed class Callers
{
    private const string Scheme = "Bearer ";
    private readonly List<(string Name, byte[] Hash)> _tokens;

    public Callers(GatewayOptions options) => _tokens = options.Tokens is null ? [] : Read(options.Tokens);

    /// <summary>The name of a caller for rates and logs: the name of its token, otherwise its address.</summary>
    public string NameOf(Credentials credentials) => FindToken(credentials) ?? credentials.Address;

    /// <summary>Finds whose token a request carries.</summary>
    public string? FindToken(Credentials credentials)
    {
        var header = credentials.Authorization;
        if (_tokens.Count == 0 || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // All are compared, each in constant time, so that time tells nothing.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim()));
        string? found = null;
        foreach (var (name, expected) in _tokens)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, expected) ? name : found;
        }

        return found;
    }

    private static List<(string Name, byte[] Hash)> Read(string path)
    {
        var tokens = new List<(string Name, byte[] Hash)>();
        foreach (var line in File.ReadLines(path))
        {
            var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0 || parts[0].StartsWith('#'))
            {
                continue;
            }

            if (parts.Length != 2 || parts[1].Length < 16)
            {
                throw new InvalidOperationException($"'{path}' must have NAME TOKEN in each line, a token of at least 16 characters.");
            }

            tokens.Add((parts[0], SHA256.HashData(Encoding.UTF8.GetBytes(parts[1]))));
        }

        return tokens;
    }
}
