using System.CommandLine;
using Consortium.Api;

namespace Consortium.Cli;

/// <summary>The options for the finality level to wait for, and the longest wait.</summary>
internal sealed class WaitOptions
{
    private readonly Option<FinalityLevel> _wait = new("--wait")
    {
        Description = "The finality to wait for: ordered (durable), sealed (in a block) or final (buried)",
        HelpName = "LEVEL",
        DefaultValueFactory = _ => FinalityLevel.Ordered,
        CustomParser = result =>
        {
            if (!EnumText.TryRead<FinalityLevel>(result.Tokens[0].Value, out var level))
            {
                result.AddError($"'{result.Tokens[0].Value}' given for --wait is not one of: {EnumText.List<FinalityLevel>()}.");
            }

            return level;
        },
    };

    private readonly Option<int> _timeout = new("--timeout")
    {
        Description = "Seconds to wait for it",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 60,
    };

    public WaitOptions() => _timeout.RequireRange(1, 86_400);

    public void AddTo(Command command)
    {
        command.Options.Add(_wait);
        command.Options.Add(_timeout);
    }

    public FinalityLevel Level(VerbContext context) => context.Required(_wait);

    public TimeSpan Timeout(VerbContext context) => TimeSpan.FromSeconds(context.Required(_timeout));
}
