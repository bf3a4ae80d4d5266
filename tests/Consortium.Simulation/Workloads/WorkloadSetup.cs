using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>The accounts, assets and holdings that are put on the ledger before the mix begins.</summary>
internal sealed class WorkloadSetup
{
    private readonly ClientModel _model;
    private readonly SeededRandom _random;
    private readonly ClientAccount[] _accounts;
    private readonly IntendedTransaction?[] _opening;
    private readonly ClientAsset?[] _assets;
    private readonly IntendedTransaction?[] _registering;
    private readonly List<IntendedTransaction> _issuing = [];
    private readonly List<(ClientAsset Asset, ClientAccount To, Int128 Amount)> _issues = [];
    private bool _issued;

    public WorkloadSetup(ClientModel model, SeededRandom random)
    {
        (_model, _random) = (model, random);
        var habits = model.Habits;
        _accounts = new ClientAccount[habits.Accounts];
        _opening = new IntendedTransaction?[habits.Accounts];
        _assets = new ClientAsset?[habits.Assets];
        _registering = new IntendedTransaction?[habits.Assets];
        for (var i = 0; i < _accounts.Length; i++)
        {
            _accounts[i] = OpenAccountWorkload.Plan(model, i < habits.Owners ? i : random.Next(habits.Owners), random);
        }
    }

    /// <summary>Whether the model has every account, asset and holding of the setup.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The transactions to send now: none while answers are outstanding, and again those that were refused or lost.</summary>
    public IReadOnlyList<IntendedTransaction> Next(ulong nowMs)
    {
        var due = new List<IntendedTransaction>();
        var (accounts, assets) = (AccountsDue(due, nowMs), false);
        if (accounts)
        {
            assets = AssetsDue(due, nowMs);
        }

        if (assets)
        {
            IsDone = IssuesDue(due, nowMs);
        }

        return due;
    }

    private bool AccountsDue(List<IntendedTransaction> due, ulong nowMs)
    {
        var open = 0;
        for (var i = 0; i < _accounts.Length; i++)
        {
            open += _accounts[i].IsOpen ? 1 : 0;
            if (!_accounts[i].IsOpen && IsDue(_opening[i]))
            {
                _opening[i] = WorkloadCatalogue.OpenAccount.Open(_accounts[i], _model, nowMs, _random);
                due.Add(_opening[i]!);
            }
        }

        return open == _accounts.Length;
    }

    private bool AssetsDue(List<IntendedTransaction> due, ulong nowMs)
    {
        var registered = 0;
        for (var i = 0; i < _assets.Length; i++)
        {
            // The first is money; one issuer may have several.
            _assets[i] ??= RegisterAssetWorkload.Plan(_accounts[_random.Next(_accounts.Length)], isMoney: i * 3 <= _assets.Length, _random);
            registered += _assets[i]!.Index >= 0 ? 1 : 0;
            if (_assets[i]!.Index < 0 && IsDue(_registering[i]))
            {
                _registering[i] = WorkloadCatalogue.RegisterAsset.Register(_assets[i]!, _model, nowMs, _random);
                due.Add(_registering[i]!);
            }
        }

        return registered == _assets.Length;
    }

    private bool IssuesDue(List<IntendedTransaction> due, ulong nowMs)
    {
        if (!_issued)
        {
            _issued = true;
            PlanIssues();
            foreach (var (asset, to, amount) in _issues)
            {
                _issuing.Add(WorkloadCatalogue.Issue.Issue(asset, to, amount, _model, nowMs, _random));
            }

            due.AddRange(_issuing);
            return due.Count == 0;
        }

        var done = 0;
        for (var i = 0; i < _issuing.Count; i++)
        {
            done += _issuing[i].Belief is Belief.Accepted or Belief.Lost ? 1 : 0;
            if (_issuing[i].Belief is Belief.Refused or Belief.Rejected)
            {
                var (asset, to, amount) = _issues[i];
                due.Add(_issuing[i] = WorkloadCatalogue.Issue.Issue(asset, to, amount, _model, nowMs, _random));
            }
        }

        return done == _issuing.Count;
    }

    /// <summary>Plans issues of half the authorised amount, in equal parts, to four accounts in five.</summary>
    private void PlanIssues()
    {
        foreach (var asset in _assets)
        {
            var part = asset!.Authorised / (2 * _accounts.Length);
            foreach (var account in _accounts)
            {
                if (part > 0 && _random.Next(5) > 0)
                {
                    _issues.Add((asset, account, part));
                }
            }
        }
    }

    private static bool IsDue(IntendedTransaction? sent) => sent is null or { Belief: Belief.Refused or Belief.Rejected or Belief.Lost };
}
