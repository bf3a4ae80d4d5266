using System.Globalization;
using System.Text;

namespace Consortium.Simulation.Running;

/// <summary>The command that runs a request, as it has to be typed in the root of the repository.</summary>
internal static class ReplayCommand
{
    private const string Program = "dotnet run -c Release --project tests/Consortium.Simulation -- ";

    public static string For(SimulationRequest request) => Program + Arguments(request);

    /// <summary>The part after <c>--</c>.</summary>
    public static string Arguments(SimulationRequest request)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"--seed {request.Seed}");
        if (request.Transactions is { } transactions)
        {
            text.Append(CultureInfo.InvariantCulture, $" --transactions {transactions}");
        }

        if (request.Duration is { } duration)
        {
            text.Append(" --seconds ").Append(Durations.Seconds(duration));
        }

        if (!request.Without.IsEmpty)
        {
            text.Append(" --without ").AppendJoin(',', request.Without);
        }

        if (request.Defect is { } defect)
        {
            text.Append(" --defect ").Append(defect);
        }

        return text.ToString();
    }
}
