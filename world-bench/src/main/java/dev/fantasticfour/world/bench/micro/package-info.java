/** Inner pieces of World under JMH: without a server, each benchmark in a JVM of its own. */
@NullMarked
package dev.fantasticfour.world.bench.micro;

import org.jspecify.annotations.NullMarked;
