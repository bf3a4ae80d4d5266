using System.Reflection;
using Consortium.Grains.Messages;

namespace Consortium.Cluster.Tests.Messages;

/// <summary>Silos of two versions talk to each other during an upgrade, so their messages have fixed names and numbers.</summary>
/// <remarks>Grains and their methods stand in OrleansContracts.txt beside their project, which the build holds them to; it does not know the fields of messages.</remarks>
public sealed class ContractTests
{
    private const string ContractFile = "Messages/contract.txt";
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public async Task Names_and_numbers_between_silos_are_those_that_were_written_down()
    {
        var assembly = typeof(Blobs).Assembly;
        var now = assembly.GetTypes().Where(IsMessage).SelectMany(Describe)
            .Order(StringComparer.Ordinal)
            .ToList();
        var then = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, ContractFile));
        Assert.True(then.SequenceEqual(now, StringComparer.Ordinal), $"A change to what is written between silos needs a reason; {ContractFile} is now:\n{string.Join('\n', now)}");
    }

    [Fact]
    public void Every_message_is_written_by_numbers()
    {
        foreach (var type in typeof(Blobs).Assembly.GetTypes().Where(IsMessage))
        {
            Assert.True(type.GetCustomAttribute<AliasAttribute>() is not null, $"{type} has no alias.");
            Assert.True(type.GetCustomAttribute<GenerateSerializerAttribute>() is not null, $"{type} has no serializer.");
            foreach (var property in type.GetProperties(Members).Where(property => property.GetMethod is { IsPublic: true } && property.CanWrite))
            {
                Assert.True(property.GetCustomAttribute<IdAttribute>() is not null, $"{type}.{property.Name} has no id.");
            }
        }
    }

    private static bool IsMessage(Type type) =>
        type.Namespace == typeof(Blobs).Namespace && type is { IsPublic: true, IsEnum: false } && !(type.IsAbstract && type.IsSealed);

    private static IEnumerable<string> Describe(Type type)
    {
        var alias = type.GetCustomAttribute<AliasAttribute>()?.Alias;
        return type.GetProperties(Members).Select(property => (property.Name, Type: property.PropertyType, Id: property.GetCustomAttribute<IdAttribute>()?.Id))
            .Concat(type.GetFields(Members).Select(field => (field.Name, Type: field.FieldType, Id: field.GetCustomAttribute<IdAttribute>()?.Id)))
            .Where(member => member.Id is not null)
            .Select(member => FormattableString.Invariant($"message {alias} {member.Id} {member.Type.Name} {member.Name}"));
    }
}
