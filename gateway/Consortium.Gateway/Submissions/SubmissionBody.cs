using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;

namespace Consortium.Gateway.Submissions;

/// <summary>The signed transactions of a request, not looked into.</summary>
/// <param name="Transactions">At least one.</param>
/// <param name="IsSingle">Whether one was sent by itself, not as a batch of one.</param>
internal sealed record SubmissionBody(IReadOnlyList<ReadOnlyMemory<byte>> Transactions, bool IsSingle)
{
    /// <summary>Reads either form.</summary>
    /// <exception cref="RefusalException">The body is neither, or has more transactions than one request may.</exception>
    public static async Task<SubmissionBody> ReadAsync(HttpRequest request, GatewayOptions options)
    {
        if (IsProtobuf(request.ContentType))
        {
            return ReadProtobuf(await ReadBytesAsync(request), options);
        }

        if (!request.HasJsonContentType())
        {
            throw new RefusalException(
                Refusal.MediaTypeUnsupported,
                $"'{request.ContentType}' is not read here; {MediaTypes.Protobuf} and {MediaTypes.Json} are.");
        }

        return ReadJson(await JsonBody.ReadAsync<SubmissionRequest>(request), options);
    }

    public static bool IsProtobuf(string? mediaType) =>
        mediaType is not null && mediaType.StartsWith(MediaTypes.Protobuf, StringComparison.OrdinalIgnoreCase);

    private static SubmissionBody ReadProtobuf(byte[] body, GatewayOptions options)
    {
        var fault = SubmissionBytes.TrySplit(body, options.TransactionsPerRequestMax, out var transactions, out var count);
        if (fault is not null)
        {
            throw new RefusalException(Refusal.Malformed, fault);
        }

        RequireFew(count, options);
        return new SubmissionBody(transactions, count == 1 && transactions[0].Length == body.Length);
    }

    private static SubmissionBody ReadJson(SubmissionRequest json, GatewayOptions options)
    {
        var isSingle = json.Transactions is null;
        if (isSingle == (json.Payload is null) || (!isSingle && json.Signatures is not null))
        {
            throw new RefusalException(Refusal.Malformed, "Send either payload and signatures, or transactions.");
        }

        var items = json.Transactions ?? [new SignedTransactionJson(json.Payload ?? string.Empty, json.Signatures ?? [])];
        RequireFew(items.Count, options);
        var transactions = new ReadOnlyMemory<byte>[items.Count];
        for (var i = 0; i < transactions.Length; i++)
        {
            byte[] bytes = [];
            var fault = items[i] is null ? "it is null" : items[i].TryToBytes(out bytes);
            transactions[i] = bytes;
            if (fault is not null)
            {
                throw new RefusalException(Refusal.Malformed, isSingle ? $"{fault}." : $"transactions[{i}]: {fault}.");
            }
        }

        return transactions.Length == 0
            ? throw new RefusalException(Refusal.Malformed, "The body has no transactions.")
            : new SubmissionBody(transactions, isSingle);
    }

    /// <summary>Bounds a request's transactions.</summary>
    /// <exception cref="RefusalException">There are more than one request may have.</exception>
    public static void RequireFew(int count, GatewayOptions options)
    {
        if (count > options.TransactionsPerRequestMax)
        {
            throw new RefusalException(
                Refusal.BatchTooLarge,
                $"The request has {count} transactions; {options.TransactionsPerRequestMax} is the most.");
        }
    }

    // Into an array of the very size, because transactions are kept as slices of it.
    private static async Task<byte[]> ReadBytesAsync(HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (request.ContentLength is not { } length)
        {
            using var buffer = new MemoryStream();
            await request.Body.CopyToAsync(buffer, cancellationToken);
            return buffer.ToArray();
        }

        // Kestrel refuses a longer body when it is first read, and an array is made only after that.
        var head = new byte[Math.Min(length, 1)];
        await request.Body.ReadExactlyAsync(head, cancellationToken);
        var body = GC.AllocateUninitializedArray<byte>((int)length);
        head.CopyTo(body, 0);
        await request.Body.ReadExactlyAsync(body.AsMemory(head.Length), cancellationToken);
        return body;
    }
}
