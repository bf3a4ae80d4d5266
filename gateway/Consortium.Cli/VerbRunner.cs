using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Consortium.Client;

namespace Consortium.Cli;

/// <summary>Runs a verb and turns whatever comes of it into output and an exit code.</summary>
internal sealed class VerbRunner(GlobalOptions options, Surroundings surroundings)
{
    public async Task<int> RunAsync(Verb verb, ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = new Output(surroundings, parsed.GetValue(options.Json));
        try
        {
            using var context = new VerbContext(verb, parsed, options, surroundings);
            var result = await verb.RunAsync(context, cancellationToken);
            output.Result(result);
            return result.Done ? ExitCode.Done : ExitCode.NotDone;
        }
        catch (UsageException exception)
        {
            output.Error(code: 0, "usage", exception.Message, exception.Action);
            return ExitCode.Usage;
        }
        catch (ConsortiumException exception)
        {
            output.Error(exception.Code, exception.Name, exception.Message, exception.Action);
        }
        catch (HttpRequestException exception)
        {
            Unreachable(output, exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            output.Error(
                code: 0,
                "interrupted",
                "The command was interrupted before it was done.",
                "Ask 'tx show' what became of a transaction that was on its way; then run the command again.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            output.Error(
                code: 0,
                "file_or_connection_failed",
                exception.Message,
                "Check the path, the disk's free space and the connection; then run the command again.");
        }

        return ExitCode.NotDone;
    }

    private void Unreachable(Output output, HttpRequestException exception)
    {
        var refused = exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
        output.Error(
            code: 0,
            "gateway_unreachable",
            refused ? "No gateway answers at this address: the connection was refused." : $"The gateway was not reached: {exception.Message}",
            "Start one with 'dotnet run --project gateway/Consortium.Gateway -- --demo', or name another with --url.");
    }
}
