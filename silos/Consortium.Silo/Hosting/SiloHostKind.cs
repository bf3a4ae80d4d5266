namespace Consortium.Silo.Hosting;

/// <summary>What a process of the cluster is.</summary>
internal enum SiloHostKind
{
    /// <summary>A silo with a gateway in it.</summary>
    Silo = 0,

    /// <summary>A gateway that reaches silos as an Orleans client.</summary>
    Gateway = 1,
}
