using Grpc.Core;

namespace Consortium.Gateway.Grpc.Errors;

/// <summary>Reads a stream of requests, and counts each after the first against the caller's rate; the call counted for the first.</summary>
internal sealed class CountedReader<T>(IAsyncStreamReader<T> requests, Action count) : IAsyncStreamReader<T>
{
    private bool _hasRead;

    public T Current => requests.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        var isNext = await requests.MoveNext(cancellationToken);
        if (isNext && _hasRead)
        {
            count();
        }

        _hasRead = true;
        return isNext;
    }
}
