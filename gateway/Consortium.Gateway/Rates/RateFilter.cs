using Consortium.Gateway.Access;

namespace Consortium.Gateway.Rates;

/// <summary>Counts a request as one against its caller's rate; a submission counts its transactions itself.</summary>
internal sealed class RateFilter(CallerRates rates, Callers callers) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        rates.Take(callers.NameOf(Credentials.Of(context.HttpContext)), 1);
        return next(context);
    }
}
