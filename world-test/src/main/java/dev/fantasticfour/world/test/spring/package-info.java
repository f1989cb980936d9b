/**
 * Tests of what a Spring context registers: its workflows run in a {@link
 * dev.fantasticfour.world.test.TestWorld}, and its beans talk to that. Only with Spring's own test
 * support, which whoever uses this room has.
 */
@NullMarked
package dev.fantasticfour.world.test.spring;

import org.jspecify.annotations.NullMarked;
