using System.Globalization;
using System.Text;
using Consortium.Api;
using Microsoft.OpenApi;

namespace Consortium.Gateway.OpenApi;

/// <summary>The OpenAPI document.</summary>
internal static class OpenApiSetup
{
    public static void AddGatewayOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Consortium",
                Version = "v1",
                Description = Describe(),
            };
            document.Servers = [];
            var components = document.Components ??= new OpenApiComponents();
            components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            components.SecuritySchemes["token"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token from the gateway's token file. Needed for reads of accounts when authentication is on.",
            };
            components.SecuritySchemes["signature"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = RequestSignature.Header,
                Description = "key=<128 hexadecimal digits>, time=<UTC milliseconds>, signature=<base64> over METHOD, PATH?QUERY and TIME, each on a line.",
            };
            return Task.CompletedTask;
        });
    });

    private static string Describe()
    {
        var text = new StringBuilder(
            "Amounts are decimal strings of smallest units; ids are bech32m; times are UTC milliseconds. "
            + "Refusals are problem details (RFC 9457) with these codes:\n\n| code | name | status | meaning | what to do |\n|---|---|---|---|---|\n");
        foreach (var entry in ErrorCatalogue.All)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {(int)entry.Code} | {entry.Code} | {entry.Status} | {entry.Title} | {entry.Action} |\n");
        }

        text.Append("\nBodies of transactions by kind:\n\n");
        foreach (var kind in TransactionJson.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"- `{kind.Name}`: {kind.Fields}\n");
        }

        return text.ToString();
    }
}
