namespace Consortium.Gateway.Demo;

/// <summary>A step of the demonstration's scenario did not have the result that it must have.</summary>
/// <param name="message">The condition that did not hold.</param>
public sealed class DemoException(string message)
    : Exception($"The scenario failed: {message}. Look at the log above; start again with an empty data folder.");
