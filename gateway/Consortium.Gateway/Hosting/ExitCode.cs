namespace Consortium.Gateway.Hosting;

/// <summary>The exit code of the process, to be set by whichever part makes it stop.</summary>
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
