using System.Text.Json.Nodes;

namespace Consortium.Tests.Kubernetes;

/// <summary>Network policies: nothing by default, and every way is open at both of its ends.</summary>
internal static class PolicyRules
{
    private static readonly string[] Directions = ["egress", "ingress"];

    public static IEnumerable<string> DefaultDeny(ManifestSet set)
    {
        var denies = set.OfKind("NetworkPolicy").Any(policy =>
            policy.At("/spec/podSelector") is JsonObject { Count: 0 }
            && policy.At("/spec/ingress") is null
            && policy.At("/spec/egress") is null
            && policy.Each("/spec/policyTypes").Select(type => type.ToString()).Order(StringComparer.Ordinal).SequenceEqual(["Egress", "Ingress"], StringComparer.Ordinal));
        return denies ? [] : ["no NetworkPolicy denies everything by default"];
    }

    /// <summary>Selectors select pods, and named ports are theirs.</summary>
    public static IEnumerable<string> Targets(ManifestSet set)
    {
        foreach (var policy in set.OfKind("NetworkPolicy"))
        {
            var name = $"NetworkPolicy {policy.Text("/metadata/name")}";
            var pods = set.Selected(policy.At("/spec/podSelector"));
            if (pods.Count == 0)
            {
                yield return $"{name}: selects no pod";
            }

            foreach (var peer in Peers(policy).Where(peer => IsLocal(peer) && set.Selected(peer["podSelector"]).Count == 0))
            {
                yield return $"{name}: a peer selects no pod: {peer.ToJsonString()}";
            }

            var named = policy.Each("/spec/ingress").SelectMany(rule => Ports(rule).SelectMany(port => pods.Select(pod => (port, pod))))
                .Concat(policy.Each("/spec/egress").SelectMany(rule => Ports(rule).SelectMany(port => To(set, rule).Select(pod => (port, pod)))));
            foreach (var (port, pod) in named.Where(one => !one.pod.Ports.Contains(one.port, StringComparer.Ordinal)))
            {
                yield return $"{name}: {pod.Name} has no port named '{port}'";
            }

            foreach (var rule in policy.Each("/spec/ingress").Where(rule => Ports(rule).Count == 0))
            {
                yield return $"{name}: an ingress rule opens every port: {rule.ToJsonString()}";
            }
        }
    }

    /// <summary>Traffic that one end may send the other end may receive, and the reverse; also between two namespaces of one network.</summary>
    public static IEnumerable<string> BothEnds(ManifestSet set) => BothEnds(set, IsLocal, string.Empty)
        .Concat(BothEnds(set, peer => IsOfAnotherMember(set, peer), " of another namespace"));

    /// <summary>A member may have a namespace of its own: wherever silos and gateways reach silos of their own, they reach those of others.</summary>
    public static IEnumerable<string> Members(ManifestSet set) =>
        from direction in Directions
        let far = Ways(set, direction, peer => IsOfAnotherMember(set, peer)).ToHashSet()
        from way in Ways(set, direction, IsLocal)
        where way.Port is "silo" or "client" && !far.Contains(way)
        select $"{way.From}: {direction} of '{way.Port}' for {way.To} ends at the namespace, and members may have namespaces of their own";

    private static IEnumerable<string> BothEnds(ManifestSet set, Func<JsonNode, bool> isPeer, string where)
    {
        var outwards = Ways(set, "egress", isPeer).ToHashSet();
        var inwards = Ways(set, "ingress", isPeer).Select(way => (From: way.To, To: way.From, way.Port)).ToHashSet();
        return outwards.Except(inwards).Select(way => $"{way.From} may call '{way.Port}' of {way.To}{where}, which does not let it in")
            .Concat(inwards.Except(outwards).Select(way => $"{way.To} lets {way.From}{where} call '{way.Port}', which may not go out"));
    }

    // From the pods of the policy to the peers of the rule, whichever way the traffic goes.
    private static IEnumerable<(string From, string To, string Port)> Ways(ManifestSet set, string direction, Func<JsonNode, bool> isPeer) =>
        from policy in set.OfKind("NetworkPolicy")
        from rule in policy.Each($"/spec/{direction}")
        from pod in set.Selected(policy.At("/spec/podSelector"))
        from peer in RulePeers(rule).Where(isPeer).SelectMany(peer => set.Selected(peer["podSelector"]))
        from port in Ports(rule)
        select (pod.Name, peer.Name, port);

    private static IEnumerable<JsonNode> Peers(JsonNode policy) =>
        policy.Each("/spec/ingress").Concat(policy.Each("/spec/egress")).SelectMany(RulePeers);

    private static IEnumerable<JsonNode> RulePeers(JsonNode rule) => rule.Each("/from").Concat(rule.Each("/to"));

    private static bool IsLocal(JsonNode peer) => peer["namespaceSelector"] is null && peer["podSelector"] is not null;

    // The namespaces of other members are made from the same files, so they have the same labels as this one.
    private static bool IsOfAnotherMember(ManifestSet set, JsonNode peer) =>
        peer["namespaceSelector"] is { } selector
        && peer["podSelector"] is not null
        && ManifestSet.Matches(selector, set.OfKind("Namespace").Single().Map("/metadata/labels"));

    private static IEnumerable<Workload> To(ManifestSet set, JsonNode rule) =>
        RulePeers(rule).Where(IsLocal).SelectMany(peer => set.Selected(peer["podSelector"]));

    private static IReadOnlyList<string> Ports(JsonNode rule) => [.. rule.Each("/ports").Select(port => port.Text("/port"))];
}
