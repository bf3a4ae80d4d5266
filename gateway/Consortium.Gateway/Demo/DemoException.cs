namespace Consortium.Gateway.Demo;

/// <summary>The scenario did not turn out as it must.</summary>
/// <param name="message">What did not hold.</param>
public sealed class DemoException(string message)
    : Exception($"The scenario failed: {message}. Look at the log above; start again with an empty data folder.");
