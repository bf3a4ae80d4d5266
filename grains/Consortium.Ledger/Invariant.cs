using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Consortium.Ledger;

/// <summary>Promises that the code makes to itself; always checked, in release builds too.</summary>
public static class Invariant
{
    /// <summary>Stops the process's work when a promise is broken.</summary>
    /// <param name="holds">The promise.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <exception cref="InvariantBrokenException">The promise does not hold.</exception>
    public static void Holds(
        [DoesNotReturnIf(false)] bool holds,
        [CallerArgumentExpression(nameof(holds))] string expression = "")
    {
        if (!holds)
        {
            throw new InvariantBrokenException(expression);
        }
    }
}
