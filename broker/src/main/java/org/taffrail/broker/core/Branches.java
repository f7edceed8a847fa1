// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The branches that are prepared, and those that an operator has ended and nobody has forgotten.
 * Changed only by events: the same way when they are decided and when they are recovered.
 */
final class Branches implements Event.BranchVisitor {
    private static final int PREPARED = 0;

    private static final Branch.Heuristic[] HEURISTICS = Branch.Heuristic.values();

    private final TreeMap<Long, Branch> byId = new TreeMap<>();
    private final Map<Branch.Name, Branch> byName = new HashMap<>();

    /** Returns one, or null. */
    Branch find(Branch.Name name) {
        return byName.get(name);
    }

    /** Returns one, or null. */
    Branch find(long id) {
        return byId.get(id);
    }

    int count() {
        return byId.size();
    }

    /**
     * Returns those after one, in the order in which they were prepared.
     *
     * @param after 0 for all
     */
    Collection<Branch> after(long after) {
        return byId.tailMap(after, false).values();
    }

    /** Whether what is staged belongs to one that is prepared. */
    boolean keeps(long stagingId) {
        return byId.values().stream()
                .anyMatch(each -> each.heuristic == null && each.content.stagingId() == stagingId);
    }

    /** Returns one that is prepared and has something to do with a destination, or null. */
    Branch using(Destination destination) {
        for (Branch each : byId.values()) {
            boolean consumes =
                    each.content.accepted().stream()
                            .anyMatch(accepted -> accepted.destination() == destination.id);
            boolean sends = each.content.records().containsKey(destination.partition.id);
            if (each.heuristic == null && (consumes || sends)) {
                return each;
            }
        }
        return null;
    }

    @Override
    public void onBranchPrepared(Event.BranchPrepared event) {
        add(event.prepared());
    }

    private void add(Branch branch) {
        if (byId.putIfAbsent(branch.id, branch) == null) {
            byName.put(branch.origin.name(), branch);
        }
    }

    @Override
    public void onBranchEnded(Event.BranchEnded event) {
        Branch branch = byId.get(event.branch());
        if (branch == null) {
            return;
        }
        branch.holds.clear();
        branch.volatileRuns.clear();
        if (event.byOperator()) {
            branch.heuristic = Branch.Heuristic.of(event.committed());
        } else {
            remove(branch);
        }
    }

    @Override
    public void onBranchForgotten(Event.BranchForgotten event) {
        Branch branch = byId.get(event.branch());
        if (branch != null) {
            remove(branch);
        }
    }

    private void remove(Branch branch) {
        byId.remove(branch.id);
        byName.remove(branch.origin.name(), branch);
    }

    /** Writes all that a start is to know. */
    void write(ByteSink sink) {
        sink.putInt(byId.size());
        for (Branch each : byId.values()) {
            sink.putLong(each.id);
            each.write(sink);
            sink.putByte(each.heuristic == null ? PREPARED : each.heuristic.ordinal() + 1);
        }
    }

    void read(ByteSource source) {
        int count = source.getCount(source.remaining(), "branches");
        for (int i = 0; i < count; i++) {
            Branch branch = Branch.read(source);
            int ended = source.getUnsignedByte();
            if (ended > HEURISTICS.length) {
                throw WireException.malformed("the end " + ended + " of a branch");
            }
            branch.heuristic = ended == PREPARED ? null : HEURISTICS[ended - 1];
            add(branch);
        }
    }

    /** Writes down what a start brings back. */
    String describe() {
        StringBuilder text = new StringBuilder();
        byId.values().forEach(each -> text.append("branch ").append(each).append('\n'));
        return text.toString();
    }
}
