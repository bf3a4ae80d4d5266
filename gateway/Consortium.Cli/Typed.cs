using System.CommandLine;
using System.CommandLine.Parsing;

namespace Consortium.Cli;

/// <summary>Makes options and arguments that hold values of the ledger rather than text.</summary>
internal static class Typed
{
    public static Argument<T> Argument<T>(string name, string description, TextParser<T> parse, string expected) => new(name)
    {
        Description = description,
        CustomParser = result => Read(result, name, parse, expected),
    };

    public static Option<T> Option<T>(string name, string helpName, string description, TextParser<T> parse, string expected) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Read(result, name, parse, expected),
        };

    public static Option<T> Required<T>(this Option<T> option)
    {
        option.Required = true;
        return option;
    }

    private static T Read<T>(ArgumentResult result, string name, TextParser<T> parse, string expected)
    {
        var text = result.Tokens.Count == 0 ? string.Empty : result.Tokens[0].Value;
        if (!parse(text, out var value))
        {
            result.AddError($"'{text}' given for {name} is not {expected}.");
        }

        return value;
    }
}
