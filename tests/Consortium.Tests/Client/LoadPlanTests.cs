using Consortium.Client.Load;

namespace Consortium.Tests.Client;

public sealed class LoadPlanTests
{
    [Theory]
    [InlineData(2, 0)]
    [InlineData(2, 100)]
    [InlineData(7, 30)]
    [InlineData(1_000, 0)]
    public void Nobody_pays_to_itself_and_needs_add_up(int accounts, int hotPercent)
    {
        var plan = new LoadPlan(accounts, hotPercent);
        var hot = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var (payer, payee) = plan[i];
            Assert.NotEqual(payer, payee);
            Assert.InRange(payer, 0, accounts - 1);
            Assert.InRange(payee, 0, accounts - 1);
            hot += payee == 0 ? 1 : 0;
        }

        Assert.True(hot >= hotPercent * 100);
        var (pays, delivers) = plan.Needs(10_000);
        Assert.Equal(10_000, pays.Sum());
        Assert.Equal(10_000, delivers.Sum());
    }
}
