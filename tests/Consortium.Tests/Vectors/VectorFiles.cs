using Xunit.Abstractions;

namespace Consortium.Tests.Vectors;

/// <summary>
/// Finds outside test data in <c>tests/vectors</c>, or in the folder that <c>CONSORTIUM_VECTORS</c> names.
/// </summary>
/// <remarks>
/// A file that is absent is skipped and named in the output; a folder that is there but holds no known file fails.
/// </remarks>
internal static class VectorFiles
{
    private const string Variable = "CONSORTIUM_VECTORS";

    /// <summary>The files that each folder may hold.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Known =
        new SortedDictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["asert"] = ["run*"],
            ["bech32m"] = ["bip350.json"],
            ["bitcoin"] = ["block-*.bin", "days-destroyed.json"],
            ["identifiers"] = ["lei_valid.txt", "isin_valid.txt"],
            ["iso"] = ["country-codes.csv", "currency-codes-all.csv"],
            ["ledger"] = ["*.json"],
            ["rfc6962-merkle"] = ["*.json"],
            ["rounding"] = ["*.json"],
            ["wycheproof"] = ["ecdsa_secp256r1_sha256_test.json", "ecdsa_secp256r1_sha256_p1363_test.json"],
        };

    /// <summary>The folder that holds all vectors.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Finds the files of a pattern, below a folder of vectors.</summary>
    /// <param name="output">Where an absence is named.</param>
    /// <param name="folder">A key of <see cref="Known"/>, with or without a path below it.</param>
    /// <param name="pattern">A file name, perhaps with an asterisk.</param>
    /// <returns>The paths in ordinal order; empty when there are none.</returns>
    public static IReadOnlyList<string> Find(ITestOutputHelper output, string folder, string pattern)
    {
        string family = folder.Split('/')[0];
        string familyPath = Path.Combine(Root, family);
        if (Directory.Exists(familyPath) && !Known[family].Any(known => Below(familyPath, known).Count > 0))
        {
            Assert.Fail($"{familyPath} holds no known file; known are {string.Join(", ", Known[family])}.");
        }

        IReadOnlyList<string> files = Below(Path.Combine(Root, folder), pattern);
        output.WriteLine(files.Count == 0
            ? $"skipped: {folder}/{pattern} is absent from {Root}"
            : $"{folder}/{pattern}: {files.Count} of them");
        return files;
    }

    /// <summary>The files of a pattern anywhere below a folder.</summary>
    /// <param name="path">The folder, which need not exist.</param>
    /// <param name="pattern">A file name, perhaps with an asterisk.</param>
    /// <returns>The paths in ordinal order.</returns>
    public static IReadOnlyList<string> Below(string path, string pattern) =>
        Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];

    private static string FindRoot()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            return Path.GetFullPath(named);
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Consortium.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "vectors");
            }
        }

        throw new InvalidOperationException(
            $"No Consortium.sln above {AppContext.BaseDirectory}; name a folder in {Variable}.");
    }
}
