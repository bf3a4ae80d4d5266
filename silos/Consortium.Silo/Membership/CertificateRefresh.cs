namespace Consortium.Silo.Membership;

/// <summary>Lets new connections use a renewed certificate from the same file, without a restart.</summary>
internal sealed partial class CertificateRefresh(OwnCertificate own, TimeProvider timeProvider, ILogger<CertificateRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Period, timeProvider, stoppingToken);
                Refresh();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private void Refresh()
    {
        if (own.TryRefresh(out var fault))
        {
            LogTaken(own.Expires);
        }
        else if (fault is not null)
        {
            LogNotTaken(fault.Message, fault.Action, own.Expires);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The file of this silo's certificate has another one, good until {Expires:u}: new connections use it.")]
    private partial void LogTaken(DateTimeOffset expires);

    [LoggerMessage(Level = LogLevel.Error, Message = "The file of this silo's certificate was changed, and what it has now cannot be used: {Message} {Action} Until then the certificate that is good until {Expires:u} stays in use.")]
    private partial void LogNotTaken(string message, string action, DateTimeOffset expires);
}
