package dev.fantasticfour.world.bench.row;

/** The rows there are, by letter. */
public enum Rows {
  A("start to result, one caller, 1 and 10 steps", new LatencyRow()),
  B("runs of 5 steps a second, 100 and 1 000 in flight", new DirectRow()),
  C("runs through the queue, under load and idle", new QueueRow()),
  D("runs that wait for a hook: statements, messages, heap", new ParkedRow()),
  E("one run of very many branches", new FanOutRow()),
  F("the queue alone, messages a second", new MessageRow()),
  G("streams: chunks a second, write to read", new StreamRow()),
  H("resume of a hook to continuation, same and other node", new HookRow()),
  I("a run of a long history that comes back", new ReplayRow()),
  J("start-up and idle cost of a node", new IdleRow()),
  K("the same beside a million runs that are over, and many parked ones", new FullStoreRow()),
  L("large inputs and results: WAL of a run", new PayloadRow()),
  M("a second process over the same servers", new SecondProcessRow()),
  N("signal to reader, same and other node", new SignalRow()),
  O("update from call to answer, same and other node", new UpdateRow()),
  P("a run that calls a child of one step, one caller", new CallRow()),
  Q("one run that starts very many children", new ChildrenRow()),
  R("runs that go on in another one, 1 and 100 chains", new HandoverRow()),
  S("one run that does a long list, 100 items at once", new MapRow()),
  T("tests of applications: a test world, a month, a day of parked runs", new TestKitRow()),
  U(
      "runs of 5 steps a second, measured and traced by both bridges, and by none",
      new ObservedRow());

  private final String title;
  private final Row row;

  Rows(String title, Row row) {
    this.title = title;
    this.row = row;
  }

  /** What it measures, for people. */
  public String title() {
    return title;
  }

  /** What measures it. */
  public Row row() {
    return row;
  }
}
