// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;

import org.taffrail.compat.kit.Provider;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * One orderly restart of the provider for several checks. Each goes its way up to where it restarts
 * the provider, and waits there until none of the others is still before that; then the provider is
 * restarted once, and all go on. Who ends before, or is given up, keeps nobody waiting, and no
 * check's time runs while it waits.
 */
final class SharedRestart {
    private final Provider provider;
    private int coming;
    private int waiting;
    private boolean over;
    private Throwable failure;

    /**
     * Prepares a restart.
     *
     * @param provider what is restarted
     * @param checks how many checks share it; each takes part through {@link #guest}
     */
    SharedRestart(Provider provider, int checks) {
        this.provider = provider;
        this.coming = checks;
    }

    /** The provider as one of the checks has it. */
    final class Guest implements Provider {
        private final Stopwatch watch;
        private boolean came;

        private Guest(Stopwatch watch) {
            this.watch = watch;
        }

        @Override
        public void restart(boolean orderly) {
            if (!orderly) {
                throw new IllegalStateException("a check that kills must be marked so");
            }
            watch.pause();
            try {
                awaitRestart(this);
            } finally {
                watch.start();
            }
        }

        /** The check has ended or is given up: nobody waits for it any more. */
        void leave() {
            SharedRestart.this.came(this);
        }

        @Override
        public ConnectionFactory connectionFactory() {
            return provider.connectionFactory();
        }

        @Override
        public ConnectionFactory connectionFactory(String key) {
            return provider.connectionFactory(key);
        }

        @Override
        public Optional<String> setting(String key) {
            return provider.setting(key);
        }

        @Override
        public <T extends Destination> Optional<T> borrow(Class<T> type) {
            return provider.borrow(type);
        }

        @Override
        public void giveBack(Destination destination) {
            provider.giveBack(destination);
        }
    }

    /**
     * Lets a check take part.
     *
     * @param watch stands still while the check waits
     * @return the provider for this check, which leaves when it ends
     */
    Guest guest(Stopwatch watch) {
        return new Guest(watch);
    }

    private synchronized boolean came(Guest guest) {
        if (guest.came) {
            return false;
        }
        guest.came = true;
        coming--;
        notifyAll();
        return true;
    }

    private synchronized void awaitRestart(Guest guest) {
        if (!came(guest)) {
            throw new IllegalStateException("a check restarts the provider once, while it is made");
        }
        waiting++;
        try {
            while (!over) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the check was given up", e);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    /**
     * Waits until every check has come or left, and restarts the provider if any waits for that. By
     * the thread that made this, once.
     *
     * @param limitMs how long the restart may take
     * @throws InterruptedException if the run is given up
     */
    void make(long limitMs) throws InterruptedException {
        if (isWanted()) {
            end(restart(limitMs));
        }
    }

    private synchronized boolean isWanted() throws InterruptedException {
        while (coming > 0) {
            wait();
        }
        return waiting > 0;
    }

    private Throwable restart(long limitMs) throws InterruptedException {
        try {
            Bounded.call(
                    "kit-restart",
                    limitMs,
                    () -> {
                        provider.restart(true);
                        return null;
                    });
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            return new AssertionError("the restart had not ended after " + limitMs + " ms", e);
        }
    }

    private synchronized void end(Throwable thrown) {
        failure = thrown;
        over = true;
        notifyAll();
    }

    /**
     * Tells whether the restart failed: then what came of the checks says nothing of them.
     *
     * @return true if so
     */
    synchronized boolean hasFailed() {
        return failure != null;
    }
}
