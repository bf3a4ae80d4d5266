namespace Consortium.Silo.Hosting;

/// <summary>The kinds of process in a cluster; <c>--host</c> chooses.</summary>
internal enum SiloHostKind
{
    /// <summary>A silo with a gateway in it.</summary>
    Silo = 0,

    /// <summary>A gateway that reaches silos as an Orleans client.</summary>
    Gateway = 1,
}
