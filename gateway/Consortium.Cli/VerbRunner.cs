using System.CommandLine;
using System.Net.Sockets;
using Consortium.Api;

namespace Consortium.Cli;

/// <summary>Runs a verb, and turns its result or exception into output and an exit code.</summary>
internal sealed class VerbRunner(GlobalOptions options, CliEnvironment environment)
{
    public async Task<int> RunAsync(Verb verb, ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = new Output(environment, parsed.GetValue(options.Json));
        try
        {
            using var context = new VerbContext(verb, parsed, options, environment);
            var result = await verb.RunAsync(context, cancellationToken);
            output.Result(result);
            return result.Failure is null ? ExitCode.Done : ExitCode.NotDone;
        }
        catch (UsageException exception)
        {
            output.Failed(new Failure(0, "usage", exception.Message, exception.Action));
            return ExitCode.Usage;
        }
        catch (ConsortiumException exception)
        {
            output.Failed(Failure.From(exception));
        }
        catch (HttpRequestException exception)
        {
            output.Failed(Unreachable(exception));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            output.Failed(new Failure(
                0,
                "interrupted",
                "The command was interrupted before it was done.",
                "Ask 'consortium tx show' what became of a transaction that was on its way; then run the command again."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            output.Failed(new Failure(
                0,
                "file_or_connection_failed",
                exception.Message,
                "Check the path, the disk's free space and the connection; then run the command again."));
        }

        return ExitCode.NotDone;
    }

    private static Failure Unreachable(HttpRequestException exception) => new(
        0,
        "gateway_unreachable",
        exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
            ? $"No gateway answers there: {exception.Message}"
            : $"The gateway was not reached: {exception.Message}",
        "Start one with 'dotnet run --project silos/Consortium.Silo -- --demo', or name another with --url.");
}
