using System.Numerics;

namespace Consortium.Ledger.Signatures;

/// <summary>The numbers of the curve secp256r1 (SEC 2 section 2.4.2, NIST SP 800-186 section 3.2.1.3).</summary>
internal static class P256Curve
{
    private static readonly BigInteger Field =
        FromHex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");

    private static readonly BigInteger B =
        FromHex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    private static readonly byte[] OrderBytes =
        Convert.FromHexString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    private static readonly byte[] HalfOrderBytes =
        Convert.FromHexString("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8");

    /// <summary>The number of points, n: thirty-two bytes, most significant first.</summary>
    public static ReadOnlySpan<byte> Order => OrderBytes;

    /// <summary>Half of <see cref="Order"/>, rounded down.</summary>
    public static ReadOnlySpan<byte> HalfOrder => HalfOrderBytes;

    /// <summary>Whether two coordinates are less than the field's prime and solve y² = x³ - 3x + b.</summary>
    /// <param name="x">Thirty-two bytes, most significant first.</param>
    /// <param name="y">Thirty-two bytes, most significant first.</param>
    /// <returns>Whether they are a point; the point at infinity has no coordinates.</returns>
    public static bool IsPoint(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var abscissa = new BigInteger(x, isUnsigned: true, isBigEndian: true);
        var ordinate = new BigInteger(y, isUnsigned: true, isBigEndian: true);
        if (abscissa >= Field || ordinate >= Field)
        {
            return false;
        }

        BigInteger difference = (ordinate * ordinate) - ((((abscissa * abscissa) - 3) * abscissa) + B);
        return (difference % Field).IsZero;
    }

    /// <summary>Whether a scalar of a signature is from 1 to n - 1.</summary>
    /// <param name="scalar">Thirty-two bytes, most significant first.</param>
    /// <returns>Whether it is in the range.</returns>
    public static bool IsScalar(ReadOnlySpan<byte> scalar) =>
        scalar.SequenceCompareTo(Order) < 0 && scalar.ContainsAnyExcept((byte)0);

    private static BigInteger FromHex(string hex) =>
        new(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: true);
}
