/** {@code world demo}: real workflows on real servers, with a worker killed in the middle. */
@NullMarked
package dev.fantasticfour.world.cli.demo;

import org.jspecify.annotations.NullMarked;
