// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.run.Facts;
import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunRecord;
import org.taffrail.compat.run.Subject;

import java.time.Instant;
import java.util.List;

/** Runs as tests need them. */
final class Runs {
    /** What would do harm where it is not escaped. */
    static final String HOSTILE =
            "</script><script>alert('x')</script>\" onload='x' & ]]> \u0000\u001b[2J \uD800 \uFFFF |`*";

    private Runs() {}

    static RunRecord run(String name, Result... results) {
        return new RunRecord(
                name,
                new Facts("Product", "1.2", "3.1", "17"),
                Instant.parse("2026-01-02T03:04:05Z"),
                1_234,
                List.of(results),
                List.of("2 x worker-#"));
    }

    static Result result(String id, Strength strength, Outcome outcome, String reason) {
        Subject subject =
                new Subject(id, "Chapter " + id.charAt(0), "6.1", "It does " + id, strength);
        String details = reason.isEmpty() ? "" : "at line 1\nat line 2 of " + reason;
        return new Result(subject, outcome, reason, details, 1_500);
    }

    static RunRecord hostile() {
        Subject subject = new Subject("Bad." + HOSTILE, HOSTILE, HOSTILE, HOSTILE, Strength.MUST);
        return new RunRecord(
                HOSTILE,
                new Facts(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
                Instant.EPOCH,
                0,
                List.of(new Result(subject, Outcome.FAILED, HOSTILE, HOSTILE, 0)),
                List.of(HOSTILE));
    }
}
