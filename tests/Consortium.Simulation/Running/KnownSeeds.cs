using System.Globalization;

namespace Consortium.Simulation.Running;

/// <summary>The seeds that failed once: they must pass now and ever after.</summary>
internal static class KnownSeeds
{
    public const string FileName = "failed-seeds.txt";

    /// <summary>Reads the list that lies beside the program.</summary>
    /// <exception cref="UsageException">A line makes no sense, or the file is missing.</exception>
    public static IReadOnlyList<KnownSeed> Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, FileName);
        return File.Exists(path)
            ? Parse(File.ReadAllText(path))
            : throw new UsageException($"There is no {path}, from which --known takes its seeds.", "Build the program again: the build copies the file there.");
    }

    /// <summary>Parses lines of <c>seed  # finding</c>; comments and empty lines may be between them.</summary>
    /// <exception cref="UsageException">A line makes no sense.</exception>
    public static IReadOnlyList<KnownSeed> Parse(string text)
    {
        var seeds = new List<KnownSeed>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var hash = line.IndexOf('#', StringComparison.Ordinal);
            var digits = (hash < 0 ? line : line[..hash]).Trim();
            if (digits.Length == 0)
            {
                continue;
            }

            if (!ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            {
                throw new UsageException(
                    string.Create(CultureInfo.InvariantCulture, $"Line {number} of {FileName} says '{digits}', which is not a seed."),
                    "Write a whole number, then '#' and what the seed had found.");
            }

            seeds.Add(new KnownSeed(seed, hash < 0 ? "" : line[(hash + 1)..].Trim()));
        }

        return seeds;
    }
}
