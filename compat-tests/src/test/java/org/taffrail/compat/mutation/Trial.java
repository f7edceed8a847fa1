// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import jakarta.jms.ConnectionFactory;

import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Provider;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.UnsupportedFacilityException;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs checks on a provider that a mutation has broken. */
final class Trial {
    private static final int LIMIT_SECONDS = 20;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Provider provider;
    private final Scene.Timing timing;

    /**
     * Prepares trials.
     *
     * @param provider one that behaves
     * @param timing how long checks wait; short, for most of what they wait for does not come
     */
    Trial(Provider provider, Scene.Timing timing) {
        this.provider = provider;
        this.timing = timing;
    }

    /** A provider behind a wrapper; what its owner tells is true. */
    private record Broken(ConnectionFactory connectionFactory, Provider sound) implements Provider {
        @Override
        public Optional<String> setting(String key) {
            return sound.setting(key);
        }

        @Override
        public void restart(boolean orderly) {
            sound.restart(orderly);
        }
    }

    /**
     * Tells whether a check has caught a provider. One that asks for what the provider does not
     * have has not: a run would count it as not supported. One that stumbles over what a broken
     * method has returned, on its way to what it checks, has not looked at it.
     */
    static boolean isCaught(Throwable thrown) {
        return thrown != null
                && !(thrown instanceof UnsupportedFacilityException)
                && !(thrown instanceof NullPointerException)
                && !(thrown instanceof ClassCastException);
    }

    /**
     * Makes a check on a broken provider.
     *
     * @return what the check threw, or why it was given up; null if it passed
     */
    Throwable run(CheckCase check, Mutation mutation) {
        Wrapper wrapper = new Wrapper(mutation);
        Object factory = wrapper.toApplication(provider.connectionFactory());
        Provider broken = new Broken((ConnectionFactory) factory, provider);
        Scene scene = new Scene(broken, timing, "trial" + NUMBERS.incrementAndGet());
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread thread = started("trial-" + check.id(), () -> run(check, scene, outcome));
        try {
            return outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return e;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            started("release-" + check.id(), wrapper::release);
        }
    }

    private static Thread started(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void run(CheckCase check, Scene scene, CompletableFuture<Throwable> outcome) {
        try (scene) {
            check.run(scene);
            outcome.complete(null);
        } catch (Throwable e) {
            outcome.complete(e);
        }
    }
}
