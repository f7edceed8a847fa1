// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Says what fails next, and for how long: the same from the same seed. Shown as text it is what is
 * needed to repeat it, and what it has said last.
 */
final class FaultSchedule {
    private static final int SHOWN_MAX = 10;
    private static final List<List<Direction>> WHERE =
            List.of(
                    List.of(Direction.TO_SERVER),
                    List.of(Direction.TO_CLIENT),
                    List.of(Direction.TO_SERVER, Direction.TO_CLIENT));

    private final long seed;
    private final int silenceMs;
    private final Random random;
    private final Deque<Fault> latest = new ArrayDeque<>();
    private int said;

    /**
     * Makes a schedule.
     *
     * @param seed of its choices
     * @param silenceMs about how long a silence lasts: up to twice as long
     */
    FaultSchedule(long seed, int silenceMs) {
        this.seed = seed;
        this.silenceMs = silenceMs;
        random = new Random(seed);
    }

    Fault next() {
        List<Direction> where = WHERE.get(random.nextInt(WHERE.size()));
        Ending ending = random.nextBoolean() ? Ending.FIN : Ending.RESET;
        Fault fault =
                switch (random.nextInt(8)) {
                    case 0, 1 -> new Fault(Fault.Kind.CUT, WHERE.get(2), Flow.FREE, ending, 0);
                    case 2 ->
                            new Fault(Fault.Kind.REFUSE, WHERE.get(2), Flow.FREE, ending, ms(300));
                    case 3 -> new Fault(Fault.Kind.HALF_CLOSE, where, Flow.FREE, Ending.FIN, 0);
                    case 4 -> flow(where, Flow.delayed(1 + random.nextInt(100)), ms(600));
                    case 5 -> flow(where, Flow.throttled(1 << 14 + random.nextInt(6)), ms(600));
                    case 6 -> flow(where, Flow.STALLED, ms(2 * silenceMs));
                    default -> flow(where, Flow.SWALLOWED, ms(2 * silenceMs));
                };
        said++;
        latest.addLast(fault);
        if (latest.size() > SHOWN_MAX) {
            latest.removeFirst();
        }
        return fault;
    }

    private static Fault flow(List<Direction> where, Flow flow, int lastsMs) {
        return new Fault(Fault.Kind.FLOW, where, flow, Ending.RESET, lastsMs);
    }

    private int ms(int most) {
        return 1 + random.nextInt(most);
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + said + " faults, the last of them " + latest;
    }
}
