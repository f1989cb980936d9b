package dev.fantasticfour.world.core.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up workflows: from one seed always the same one. */
final class ScriptMaker {

  private static final int DEEPEST = 3;

  private final Random random;
  private int left;

  ScriptMaker(long seed) {
    this.random = new Random(seed);
    this.left = 3 + random.nextInt(18);
  }

  /** A whole workflow. */
  List<Op> script() {
    List<Op> ops = new ArrayList<>();
    while (left > 0) {
      if (random.nextInt(6) == 0) {
        ops.add(
            new Op.TakeUpdates(
                "update-" + random.nextInt(2), random.nextBoolean(), some(1, false, 3)));
      }
      ops.add(op(0, false));
    }
    return ops;
  }

  private List<Op> some(int depth, boolean hooked, int most) {
    List<Op> ops = new ArrayList<>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count && left > 0; i++) {
      ops.add(op(depth, hooked));
    }
    return ops;
  }

  private Op op(int depth, boolean hooked) {
    left--;
    int kind = random.nextInt(depth >= DEEPEST ? 68 : 144) - 20;
    if (kind < -10) {
      return withChild(depth + 1, hooked);
    } else if (kind < 0) {
      return onSignal();
    } else if (kind < 18) {
      return new Op.Step(name(), false);
    } else if (kind < 24) {
      return new Op.Step(name(), true);
    } else if (kind < 32) {
      return new Op.Sleep(random.nextInt(5) == 0 ? 0 : random.nextInt(2_000));
    } else if (kind < 36) {
      return new Op.Read(Op.Read.Source.values()[random.nextInt(3)]);
    } else if (kind < 37) {
      return new Op.Throw();
    } else if (kind < 48) {
      return hooked ? onHook() : new Op.Step(name(), false);
    } else if (kind < 62) {
      return new Op.WithHook(token(), random.nextInt(5) > 0, withAwait(depth + 1));
    } else if (kind < 76) {
      return new Op.Together(random.nextBoolean(), branches(depth + 1, hooked));
    } else if (kind < 84) {
      return scoped(depth + 1, hooked);
    } else if (kind < 90) {
      return new Op.TryFinally(some(depth + 1, hooked, 3), some(depth + 1, hooked, 2));
    } else if (kind < 96) {
      return new Op.Catching(some(depth + 1, hooked, 3), some(depth + 1, hooked, 2));
    }
    return kind < 100
        ? new Op.Either(some(depth + 1, hooked, 2), some(depth + 1, hooked, 2))
        : block(kind, depth + 1, hooked);
  }

  private Op block(int kind, int depth, boolean hooked) {
    if (kind < 107) {
      return new Op.Shielded(some(depth, hooked, 3));
    } else if (kind < 114) {
      List<List<Op>> items = branches(depth, hooked);
      items.addAll(branches(depth, hooked));
      return new Op.Mapped(items, 1 + random.nextInt(4), random.nextBoolean());
    }
    List<Op.Part> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String step = random.nextInt(4) == 0 ? "" : name();
      parts.add(new Op.Part(step, some(depth, hooked, 2), some(depth, hooked, 1)));
    }
    return new Op.Undoable(parts, random.nextBoolean());
  }

  private Op withChild(int depth, boolean hooked) {
    boolean leaves = random.nextInt(4) == 0;
    int kind = random.nextInt(20);
    if (kind == 0) {
      return new Op.GoOn();
    } else if (kind < 5) {
      return new Op.CallAll(random.nextInt(5), 1 + random.nextInt(3), leaves);
    }
    Op.WithChild.Use[] uses = Op.WithChild.Use.values();
    String key = random.nextInt(5) == 0 ? "key-" + random.nextInt(2) : "";
    return new Op.WithChild(
        key,
        leaves,
        some(depth, hooked, 2),
        uses[random.nextInt(uses.length)],
        random.nextInt(1_500));
  }

  private Op onSignal() {
    String name = "s" + random.nextInt(2);
    int kind = random.nextInt(12);
    if (kind < 2) {
      return new Op.Signal(name, 0);
    } else if (kind < 4) {
      return new Op.Signal(name, 1 + random.nextInt(1_500));
    } else if (kind < 5) {
      return new Op.PollSignal(name);
    }
    if (kind < 8) {
      return kind < 6 ? new Op.Send(name) : new Op.Publish(name);
    }
    return kind < 10 ? new Op.Changed(name) : new Op.SetAttribute(name, random.nextInt(3) == 0);
  }

  private Op onHook() {
    int kind = random.nextInt(10);
    if (kind < 4) {
      return new Op.Await();
    } else if (kind < 7) {
      return new Op.AwaitFor(
          random.nextInt(6) == 0 ? 0 : random.nextInt(1_500), 1 + random.nextInt(4));
    } else if (kind < 9) {
      return new Op.Poll();
    }
    return new Op.CloseHook();
  }

  private List<Op> withAwait(int depth) {
    List<Op> ops = some(depth, true, 2);
    ops.add(onHook());
    ops.addAll(some(depth, true, 2));
    return ops;
  }

  private List<List<Op>> branches(int depth, boolean hooked) {
    List<List<Op>> branches = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      branches.add(some(depth, hooked, 3));
    }
    return branches;
  }

  private Op scoped(int depth, boolean hooked) {
    List<List<Op>> branches = branches(depth, hooked);
    List<Op> between = some(depth, hooked, 2);
    List<Op.Act> acts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      acts.add(
          new Op.Act(
              Op.Act.Kind.values()[random.nextInt(Op.Act.Kind.values().length)],
              random.nextInt(branches.size()),
              random.nextBoolean()));
    }
    long millis = random.nextInt(3) == 0 ? 1 + random.nextInt(1_500) : 0;
    return new Op.Scoped(branches, between, acts, millis);
  }

  private String name() {
    return String.valueOf((char) ('a' + random.nextInt(4)));
  }

  /** Few tokens, so that some are taken: by this run itself, and one by another. */
  private String token() {
    int which = random.nextInt(6);
    return which == 0 ? "" : which == 1 ? Stage.TAKEN : "token-" + which;
  }
}
