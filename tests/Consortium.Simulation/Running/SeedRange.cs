using System.Globalization;

namespace Consortium.Simulation.Running;

/// <summary>Seeds from one to another, both inclusive.</summary>
internal readonly record struct SeedRange
{
    private SeedRange(ulong first, ulong last) => (First, Last) = (first, last);

    public ulong First { get; }

    public ulong Last { get; }

    /// <summary>All of them, rising.</summary>
    public IEnumerable<ulong> Seeds
    {
        get
        {
            for (var seed = First; ; seed++)
            {
                yield return seed;
                if (seed == Last)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>Parses <c>1..1000</c>; nothing but digits on either side.</summary>
    public static bool TryParse(string? text, out SeedRange range)
    {
        range = default;
        var parts = (text ?? "").Split("..");
        if (parts.Length != 2
            || !ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || first > last)
        {
            return false;
        }

        range = new SeedRange(first, last);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}..{Last}");
}
