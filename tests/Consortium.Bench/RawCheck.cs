namespace Consortium.Bench;

/// <summary>The result of one slice of raw P-256 checks.</summary>
/// <param name="PerSecond">Checks a second on all cores together.</param>
/// <param name="CpuSeconds">Processor time of one check.</param>
internal readonly record struct RawCheck(double PerSecond, double CpuSeconds);
