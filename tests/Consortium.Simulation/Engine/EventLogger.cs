using Microsoft.Extensions.Logging;

namespace Consortium.Simulation.Engine;

/// <summary>Takes the log messages of roles: warnings and above belong to the history, the others go to the trace only.</summary>
internal sealed class EventLogger(EventLog log, string source) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning || log.Trace is not null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        // No stack traces: they hold paths of the machine that built it.
        var message = exception is null
            ? formatter(state, null)
            : formatter(state, exception) + " " + exception.GetType().Name + ": " + exception.Message;
        if (logLevel >= LogLevel.Warning)
        {
            log.Append(EventKind.RoleLogged, source, message, (ulong)logLevel);
        }
        else
        {
            log.Remark(source, message);
        }
    }
}
