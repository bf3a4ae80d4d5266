namespace Consortium.Tests.Ledger;

/// <summary>Ways to spoil bytes.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] bytes, Random random)
    {
        byte[] changed = [.. bytes];
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(changed.Length + 1);
            changed = random.Next(7) switch
            {
                0 => changed[..at],
                1 => [.. changed[..at], (byte)random.Next(256), .. changed[at..]],
                2 => [.. changed[..at], .. changed[Math.Min(changed.Length, at + 1)..]],
                3 => [.. changed, .. changed[at..]],
                4 => [.. changed[..at], .. Enumerable.Repeat((byte)0xff, random.Next(12)), .. changed[at..]],
                _ => Flip(changed, at, random),
            };
        }

        return changed;
    }

    private static byte[] Flip(byte[] bytes, int at, Random random)
    {
        if (at < bytes.Length)
        {
            bytes[at] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }
}
