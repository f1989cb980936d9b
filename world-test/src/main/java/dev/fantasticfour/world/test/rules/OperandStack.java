package dev.fantasticfour.world.test.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The values that instructions push and pop. Lenient: where it was not told of a value, it has one
 * of which nothing is known.
 */
final class OperandStack {

  private final List<Value> values = new ArrayList<>();

  void push(Value value) {
    values.add(value);
  }

  Value pop() {
    return values.isEmpty() ? Value.PLAIN : values.removeLast();
  }

  void pop(int count) {
    for (int i = 0; i < count; i++) {
      var unused = pop();
    }
  }

  /** The topmost values, in the order in which they were pushed. */
  List<Value> popAll(int count) {
    List<Value> popped = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      popped.add(pop());
    }
    Collections.reverse(popped);
    return List.copyOf(popped);
  }

  /** Pops two words: two values, or a wide one. */
  List<Value> popTwoWords() {
    return popAll(peek().isWide() ? 1 : 2);
  }

  /** Puts copies of the topmost values below those under them. */
  void copy(List<Value> top, List<Value> below) {
    values.addAll(top);
    values.addAll(below);
    values.addAll(top);
  }

  /**
   * Where branches of the code meet there are as many values as the class file says. What lies deep
   * was there before they parted.
   */
  void meet(List<Value> expected) {
    while (values.size() > expected.size()) {
      values.removeLast();
    }
    for (int i = values.size(); i < expected.size(); i++) {
      values.add(expected.get(i));
    }
  }

  private Value peek() {
    return values.isEmpty() ? Value.PLAIN : values.getLast();
  }
}
