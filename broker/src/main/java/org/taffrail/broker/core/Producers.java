// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.core.Producer.Identity;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All clients that are remembered: those that are connected, and those that may come again. */
final class Producers implements Event.ProducerVisitor {
    /** How many are forgotten at once. */
    private static final int OVERDUE_MAX = 64;

    private final ProducerLimits limits;
    private final Map<Long, Producer> byId = new TreeMap<>();

    /** When the connection of each was lost, in that order. */
    private final Map<Long, Long> lostMs = new LinkedHashMap<>();

    /** No client with a higher id is forgotten that the log has known of. */
    private long forgotten;

    Producers(ProducerLimits limits) {
        this.limits = limits;
    }

    /** Makes one for a client that is connected. */
    Producer make(long id, Identity identity) {
        Producer made = new Producer(id, identity, limits.windowMessages());
        byId.put(id, made);
        return made;
    }

    /** Returns one that a start has read of, which is made where it is new. */
    Producer restored(long id, Identity identity) {
        Producer known = byId.get(id);
        return known == null ? make(id, identity) : known;
    }

    /** Returns one, or null. */
    Producer find(long id) {
        return byId.get(id);
    }

    Collection<Producer> all() {
        return byId.values();
    }

    /** Notes that the connection of one is lost; it may come again. */
    void lost(Producer producer, long nowMs) {
        lostMs.put(producer.id, nowMs);
    }

    /** Notes that one has come again. */
    void found(Producer producer) {
        lostMs.remove(producer.id);
    }

    /** Returns some of those that are lost too long, or are too many. */
    List<Producer> overdue(long nowMs) {
        List<Producer> overdue = new ArrayList<>(0);
        int tooMany = lostMs.size() - limits.lostMax();
        Iterator<Map.Entry<Long, Long>> each = lostMs.entrySet().iterator();
        while (each.hasNext() && overdue.size() < OVERDUE_MAX) {
            Map.Entry<Long, Long> oldest = each.next();
            if (tooMany <= 0 && oldest.getValue() + limits.keptMs() > nowMs) {
                break;
            }
            tooMany--;
            overdue.add(byId.get(oldest.getKey()));
        }
        return overdue;
    }

    /** When the next one is lost too long; {@link Long#MAX_VALUE} for never. */
    long nextMs() {
        return lostMs.isEmpty()
                ? Long.MAX_VALUE
                : lostMs.values().iterator().next() + limits.keptMs();
    }

    /** Notes, in recovery, that sends of a client are in the log and survive a crash. */
    void appended(long producer, long last) {
        Producer known = byId.get(producer);
        if (known != null) {
            known.appended(last);
        }
    }

    @Override
    public void onProducerOpened(Event.ProducerOpened event) {
        restored(event.producer(), event.identity()).opened = true;
    }

    @Override
    public void onProducerEnded(Event.ProducerEnded event) {
        if (event.forgotten()) {
            forgotten = Math.max(forgotten, event.producer());
        }
        byId.remove(event.producer());
        lostMs.remove(event.producer());
    }

    /** Whether the log has surely never known of a client that is not known. */
    boolean isNew(long id) {
        return id > forgotten;
    }

    @Override
    public void onSendsRefused(Event.SendsRefused event) {
        Producer known = byId.get(event.producer());
        if (known != null) {
            event.refused().forEach(known::refusalLogged);
        }
    }

    @Override
    public void onCommitted(Event.Committed event) {
        Producer known = byId.get(event.producer());
        if (known != null) {
            known.committed(event.transaction());
        }
    }

    /** Begins to count for all that a start has found how long they are lost. */
    void recovered(long nowMs) {
        for (Producer each : byId.values()) {
            each.restored = true;
            lost(each, nowMs);
        }
    }

    /** Writes all that a start is to know. */
    void write(ByteSink sink) {
        List<Producer> opened = byId.values().stream().filter(each -> each.opened).toList();
        sink.putLong(forgotten);
        sink.putInt(opened.size());
        opened.forEach(each -> each.write(sink));
    }

    void read(ByteSource source) {
        forgotten = source.getLong();
        int count = source.getCount(source.remaining(), "clients");
        for (int i = 0; i < count; i++) {
            Producer.read(source, this);
        }
    }

    /** Writes down what a start brings back. */
    String describe() {
        StringBuilder text = new StringBuilder();
        byId.values().stream()
                .filter(each -> each.opened)
                .forEach(each -> text.append("client ").append(each).append('\n'));
        return text.toString();
    }
}
