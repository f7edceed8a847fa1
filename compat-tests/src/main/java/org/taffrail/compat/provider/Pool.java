// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.provider;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.UnsupportedFacilityException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.naming.NameNotFoundException;
import javax.naming.NamingException;

/**
 * Destinations that were made beforehand. Each is lent to one check at a time; queues are emptied
 * before they are lent again, and one that can't be is not lent again. Used by many threads.
 */
final class Pool {
    private final SettingKey key;
    private final Supplier<ConnectionFactory> factory;
    private final Access access;
    private final Deque<String> free;
    private final Map<Destination, String> lent = new IdentityHashMap<>();
    private final List<String> spoilt = new ArrayList<>();
    private final int size;

    private Pool(
            SettingKey key,
            List<String> names,
            Supplier<ConnectionFactory> factory,
            Access access) {
        this.key = key;
        this.factory = factory;
        this.access = access;
        this.free = new ArrayDeque<>(names);
        this.size = names.size();
    }

    /** Looks a name up. */
    @FunctionalInterface
    interface Lookup {
        Object find(String name) throws NamingException;
    }

    /**
     * How destinations are had.
     *
     * @param lookup looks a name up in JNDI
     * @param waitMs how long a check waits until another has given one back
     */
    record Access(Lookup lookup, long waitMs) {}

    static Pool of(
            SettingKey key,
            Properties settings,
            Supplier<ConnectionFactory> factory,
            Access access) {
        List<String> names =
                Stream.of(settings.getProperty(key.inFile(), "").split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
        return new Pool(key, names, factory, access);
    }

    boolean isEmpty() {
        return size == 0;
    }

    synchronized boolean lent(Destination destination) {
        return lent.containsKey(destination);
    }

    Destination borrow() {
        String name = take();
        try {
            Destination destination = find(name);
            synchronized (this) {
                lent.put(destination, name);
            }
            return destination;
        } catch (JMSException | NamingException e) {
            throw new UnsupportedFacilityException(
                    key.inFile() + ": " + name + " can't be had: " + e);
        }
    }

    private synchronized String take() {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(access.waitMs());
        try {
            while (free.isEmpty()) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
                if (leftMs <= 0 || spoilt.size() == size) {
                    throw new UnsupportedFacilityException(
                            key.inFile()
                                    + " has too few names for so many checks at once: "
                                    + size
                                    + (spoilt.isEmpty() ? "" : ", not emptied: " + spoilt));
                }
                wait(leftMs);
            }
            return free.removeFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the check was given up", e);
        }
    }

    /**
     * What JNDI knows is as the provider's owner wants it; otherwise the name is a physical one.
     */
    private Destination find(String name) throws JMSException, NamingException {
        try {
            if (access.lookup().find(name) instanceof Destination found) {
                return found;
            }
        } catch (NameNotFoundException e) {
            // a physical name
        }
        try (Connection connection = factory.get().createConnection()) {
            Session session = connection.createSession();
            return key == SettingKey.QUEUES ? session.createQueue(name) : session.createTopic(name);
        }
    }

    void giveBack(Destination destination) {
        String name;
        synchronized (this) {
            name = lent.remove(destination);
        }
        boolean emptied = !(destination instanceof Queue) || drained(destination);
        synchronized (this) {
            if (emptied) {
                free.addLast(name);
            } else {
                spoilt.add(name);
            }
            notifyAll();
        }
    }

    private boolean drained(Destination queue) {
        try (Connection connection = factory.get().createConnection()) {
            Session session = connection.createSession();
            MessageConsumer consumer = session.createConsumer(queue);
            connection.start();
            while (consumer.receiveNoWait() != null) {
                // what a check has left
            }
            return true;
        } catch (JMSException e) {
            return false;
        }
    }
}
