namespace Consortium.Gateway.Hosting;

/// <summary>What the process ends with.</summary>
public sealed class ExitCode
{
    private volatile int _value;

    /// <summary>0 unless something went wrong.</summary>
    public int Value
    {
        get => _value;
        set => _value = value;
    }
}
