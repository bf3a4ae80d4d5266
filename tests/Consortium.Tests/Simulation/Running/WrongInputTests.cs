using Consortium.Simulation.Running;

namespace Consortium.Tests.Simulation.Running;

public sealed class WrongInputTests
{
    [Theory]
    [InlineData("", "Nothing says what to run.", "--seeds")]
    [InlineData("--seed", "--seed", "--help")]
    [InlineData("--seed x", "'x' given for --seed is not a seed", "--help")]
    [InlineData("--seed -1", "'-1'", "--help")]
    [InlineData("--seeds 9..1", "'9..1' given for --seeds is not a range of seeds", "1..1000")]
    [InlineData("--for 60", "'60' given for --for", "60s")]
    [InlineData("--seed 1 --seeds 1..2", "--seed and --seeds do not go together.", "Give one of")]
    [InlineData("--known --trace", "--trace does not go with --known.", "Leave --trace out")]
    [InlineData("--known --without SiloKilled", "--without does not go with --known.", "Leave --without out")]
    [InlineData("--seeds 1..2 --log x", "--log does not go with --seeds.", "Leave --log out")]
    [InlineData("--seeds 1..2 --from 3", "--from does not go with --seeds.", "Leave --from out")]
    [InlineData("--seed 1 --without SiloKilled,Rain", "'SiloKilled,Rain' given for --without", "There are: MessageDelayed")]
    [InlineData("--seed 1 --without 3", "'3' given for --without", "There are: MessageDelayed")]
    [InlineData("--seed 1 --without GatewayRetried", "'GatewayRetried' given for --without", "There are: MessageDelayed")]
    [InlineData("--seed 1 --defect none-such", "'none-such' given for --defect is not a planted defect", "")]
    [InlineData("--seed 1 --transactions 0", "'0' given for --transactions", "from 1 to 1000000")]
    [InlineData("--seed 1 --seconds 0.5", "'0.5' given for --seconds", "at least 1")]
    [InlineData("--seed 1 --seconds 5 --minutes 1", "--minutes and --seconds", "Give one of them.")]
    [InlineData("--seeds 1..2 --threads 0", "'0' given for --threads", "from 1 to")]
    [InlineData("--seed 1 --log /none/such/folder/log", "The log cannot be written", "Give --log a file")]
    [InlineData("--sed 1", "'--sed'", "--help")]
    public void A_wrong_input_ends_with_2_and_says_what_and_what_to_do(string arguments, string what, string advice)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), output, error);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(what, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(advice, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }
}
