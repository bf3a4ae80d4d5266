using System.Diagnostics;
using System.Text.Json;
using Consortium.Api;

namespace Consortium.Cluster.Tests.Harness;

/// <summary>A silo, or a gateway of silos, as a process of its own.</summary>
internal sealed class SiloUnderTest : IAsyncDisposable
{
    private const int LogLinesShown = 60;
    private const int LogLinesKept = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly IReadOnlyList<string> _arguments;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly Queue<string> _log = new();
    private readonly HttpClient _http;
    private readonly List<Process> _ended = [];
    private volatile Process? _process;

    public SiloUnderTest(string name, Uri url, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        (Name, Url, _arguments) = (name, url, arguments);
        _environment = environment ?? new Dictionary<string, string>(StringComparer.Ordinal);
        _http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(10) };
    }

    public string Name { get; }

    public Uri Url { get; }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The end of the process's output, over all its restarts.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return $"--- {Name}\n{string.Join('\n', _log.TakeLast(LogLinesShown))}\n";
            }
        }
    }

    /// <summary>The output of the process that is kept.</summary>
    public IReadOnlyList<string> LogLines
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Consortium.Silo.dll"), .. _arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        // A load asks all the time which silos run: one that has ended says so, one that is disposed throws.
        if (_process is { } before)
        {
            _ended.Add(before);
        }

        _process = process;
    }

    /// <summary>The status that readiness reports: <c>ordering</c>, <c>following</c> or a refusal; <see langword="null"/> if none answers.</summary>
    public async Task<string?> StatusAsync()
    {
        try
        {
            using var response = await _http.GetAsync(Routes.Ready);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            return body.RootElement.GetProperty(response.IsSuccessStatusCode ? "status" : "detail").GetString();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
        {
            return null;
        }
    }

    public Task WaitUntilReadyAsync() => WaitUntilAsync(
        async () => await StatusAsync() is "ordering" or "following",
        "is not ready");

    /// <summary>Asks the process to stop, as an operator or Kubernetes does, without waiting.</summary>
    public void Terminate() => Signal("-TERM");

    /// <summary>Waits for the process to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process!.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw Failed($"has not ended within {Patience.TotalSeconds} s");
        }

        return _process.ExitCode;
    }

    public async Task<int> StopAsync()
    {
        Terminate();
        return await WaitForExitAsync();
    }

    /// <summary>Ends the process at once, as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        if (IsRunning)
        {
            _process!.Kill();
            _process.WaitForExit();
        }
    }

    /// <summary>Has the process hang, with all its connections open, until <see cref="WakeUp"/>.</summary>
    public void Hang() => Signal("-STOP");

    public void WakeUp() => Signal("-CONT");

    public async Task WaitUntilAsync(Func<Task<bool>> condition, string otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (!IsRunning)
            {
                throw Failed($"{otherwise}, because it has ended with {_process?.ExitCode}");
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw Failed($"{otherwise} after {Patience.TotalSeconds} s; it says '{await StatusAsync()}'");
            }

            await Task.Delay(Pause);
        }
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        _process?.Dispose();
        _ended.ForEach(process => process.Dispose());
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    // .NET sends no signals to others.
    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [name, FormattableString.Invariant($"{_process!.Id}")]);
        kill.WaitForExit();
    }

    private InvalidOperationException Failed(string what) => new($"{Name} at {Url} {what}.\n{Log}");

    private void Note(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            return;
        }

        lock (_log)
        {
            _log.Enqueue(FormattableString.Invariant($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {line.Data}"));
            if (_log.Count > LogLinesKept)
            {
                _log.Dequeue();
            }
        }
    }
}
