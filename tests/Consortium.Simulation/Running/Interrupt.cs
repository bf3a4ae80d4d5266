namespace Consortium.Simulation.Running;

/// <summary>The first Ctrl+C asks to end in order; the second ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    private volatile bool _isAsked;

    public Interrupt() => Console.CancelKeyPress += OnPressed;

    public bool IsAsked => _isAsked;

    public void Dispose() => Console.CancelKeyPress -= OnPressed;

    private void OnPressed(object? sender, ConsoleCancelEventArgs arguments)
    {
        arguments.Cancel = !_isAsked;
        _isAsked = true;
    }
}
