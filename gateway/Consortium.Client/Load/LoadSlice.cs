namespace Consortium.Client.Load;

/// <summary>Signed transactions of a <see cref="LoadSession"/>, ready to be submitted.</summary>
public sealed class LoadSlice
{
    internal LoadSlice(LoadRequest[] requests, int count) => (Requests, Count) = (requests, count);

    /// <summary>Transactions in it.</summary>
    public int Count { get; }

    internal LoadRequest[] Requests { get; }
}
