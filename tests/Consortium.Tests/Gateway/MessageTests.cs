using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consortium.Api;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Google.Protobuf;
using LedgerWire = Consortium.Ledger.Wire;

namespace Consortium.Tests.Gateway;

/// <summary>The messages of the gRPC API have the same members as the JSON of the HTTP API.</summary>
public sealed class MessageTests
{
    private static readonly Type[] Types =
    [
        .. typeof(NetworkResponse).Assembly.GetExportedTypes()
            .Where(type => type.GetMethod("FromWire") is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    public static TheoryData<Type> Mirrored => [.. Types];

    [Fact]
    public void Every_answer_has_a_message() => Assert.Superset(
        new HashSet<Type>
        {
            typeof(NetworkResponse), typeof(AccountResponse), typeof(BalancesResponse), typeof(StatementResponse), typeof(AssetResponse),
            typeof(HoldersResponse), typeof(TransactionResponse), typeof(BlockResponse), typeof(BalanceSheetResponse), typeof(BuildResponse),
            typeof(SimulationResponse), typeof(ProofResponse), typeof(OrderedEvent), typeof(SealedEvent), typeof(FinalEvent),
        },
        Types.ToHashSet());

    [Theory]
    [MemberData(nameof(Mirrored))]
    public void What_goes_through_a_message_comes_back_whole(Type type)
    {
        foreach (var isFull in (bool[])[true, false])
        {
            var written = Make(type, isFull);
            var wire = (IMessage)type.GetMethod("ToWire")!.Invoke(written, null)!;
            var bytes = wire.ToByteArray();
            var read = type.GetMethod("FromWire")!.Invoke(null, [wire.Descriptor.Parser.ParseFrom(bytes)]);
            Assert.Equal(
                JsonSerializer.Serialize(written, type, ApiJson.Options),
                JsonSerializer.Serialize(read, type, ApiJson.Options));
        }
    }

    /// <summary>Makes a value with every member set, or with all optional members missing.</summary>
    private static object Make(Type type, bool isFull)
    {
        if (Known(type) is { } known)
        {
            return known;
        }

        var nullability = new NullabilityInfoContext();
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        return constructor.Invoke(
        [
            .. constructor.GetParameters().Select(parameter =>
                nullability.Create(parameter).WriteState == NullabilityState.Nullable && !isFull
                    ? null
                    : Value(parameter.ParameterType, parameter.Name!, isFull)),
        ]);
    }

    private static object Value(Type type, string name, bool isFull)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return name is "Genesis" or "SignedTransaction" or "Header" or "Signature" or "Payload" or "Proof" ? "c2VjcmV0" : name + "-text";
        }

        if (type.IsGenericType)
        {
            var element = type.GetGenericArguments()[0];
            var list = Array.CreateInstance(element, isFull ? 2 : 0);
            for (var i = 0; i < list.Length; i++)
            {
                list.SetValue(Value(element, $"{name}{i}", isFull), i);
            }

            return list;
        }

        return type == typeof(bool) ? isFull
            : type == typeof(JsonObject) ? new JsonObject { ["amount"] = "12", ["at"] = 7 }
            : type.IsEnum ? Enum.GetValues(type).GetValue(isFull ? 1 : 0)!
            : type.IsPrimitive ? Convert.ChangeType(isFull ? 1000 + name.Length : 0, type, null)
            : Make(type, isFull);
    }

    // Members with a shorter form on the wire, which not every value fits.
    private static object? Known(Type type) =>
        type == typeof(ReceiptResponse) ? new ReceiptResponse(
            new TransactionId(Digest.Sha256("one"u8)).ToString(),
            ReceiptOutcome.Rejected,
            Rejections: [MakeRejection()],
            Position: 7,
            Index: 2,
            TimeMs: 1000,
            Height: 3,
            Finality: FinalityLevel.Sealed,
            Duplicate: true)
        : type == typeof(RejectionResponse) ? MakeRejection()
        : type == typeof(OrderedTransaction) ? new OrderedTransaction("tx1", ReceiptOutcome.Rejected, ["InsufficientHolding"])
        : type == typeof(LedgerEvent) ? new LedgerEvent(8, Final: new FinalEvent(7, 3))
        : type == typeof(SimulationResponse) ? new SimulationResponse("tx1", ReceiptOutcome.Rejected, 7, [MakeRejection()], [])
        : null;

    private static RejectionResponse MakeRejection() => RejectionResponse.From(new LedgerWire.RejectionDetail
    {
        Code = (uint)Enum.GetValues<Rejection>().Last(),
        Subject = "legs[0]",
        Inputs = { new LedgerWire.RejectionInput { Name = "held", Value = "7" } },
        Remedy = "give less",
    });
}
