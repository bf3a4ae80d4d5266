namespace Consortium.Tests.Kubernetes;

/// <summary>All rules that an overlay is held to.</summary>
internal static class ManifestRules
{
    public static IReadOnlyList<string> Check(ManifestSet set) =>
    [
        .. set.All.SelectMany(ManifestSchema.Check),
        .. LinkRules.Selectors(set),
        .. LinkRules.Budgets(set),
        .. LinkRules.Ports(set),
        .. LinkRules.Names(set, Guide.Creates),
        .. LinkRules.Namespaces(set),
        .. PolicyRules.DefaultDeny(set),
        .. PolicyRules.Targets(set),
        .. PolicyRules.BothEnds(set),
        .. PolicyRules.Members(set),
        .. HardeningRules.Contexts(set),
        .. HardeningRules.Tokens(set),
        .. HardeningRules.Resources(set),
        .. HardeningRules.Images(set),
        .. HardeningRules.Secrets(set),
        .. SettingRules.Environment(set),
        .. SettingRules.Agreement(set),
        .. SettingRules.Probes(set),
        .. SettingRules.Grace(set),
    ];
}
