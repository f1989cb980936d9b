package dev.fantasticfour.world.cli.demo;

import java.time.Duration;

/**
 * What a demo is to do.
 *
 * @param runs how many orders
 * @param workers how many worker processes
 * @param patience how long all of it may take
 */
record DemoPlan(int runs, int workers, Duration patience) {}
