package dev.fantasticfour.world.tck.spec;

/**
 * A rule of the specification.
 *
 * @param id what tests and javadoc cite; never changes
 * @param text what must hold, in Markdown
 * @param page the name of its page, {@code storage.md} for one
 */
public record SpecRule(String id, Level level, String text, String page) {}
