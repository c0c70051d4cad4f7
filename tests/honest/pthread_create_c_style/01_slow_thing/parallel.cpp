// right: plain pthread_create and pthread_join, with a struct of arguments for each thread
#include "slow_thing.hpp"

#include <pthread.h>

struct slow_job {
    kit::Image* image;
    size_t begin_row;
    size_t end_row;
    pthread_t id;
    int started;
};

extern "C" {
static void* slow_job_main(void* argument) {
    struct slow_job* job = (struct slow_job*)argument;
    size_t x, y;
    for (x = job->begin_row; x < job->end_row; x++) {
        for (y = 0; y < job->image->cols(); y++) {
            double sum = 0.0;
            int i, j;
            for (i = 0; i < 1000; i++) {
                for (j = 0; j < 100; j++) sum += (double)x;
                sum += (double)y;
            }
            (*job->image)(x, y) = sum;
        }
    }
    return NULL;
}
}

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<slow_job> jobs(threads);
    for (unsigned t = 0; t < threads; t++) {
        jobs[t].image = &image;
        jobs[t].begin_row = t * image.rows() / threads;
        jobs[t].end_row = (t + 1) * image.rows() / threads;
        jobs[t].started = pthread_create(&jobs[t].id, NULL, slow_job_main, &jobs[t]) == 0;
    }
    for (unsigned t = 0; t < threads; t++) {
        if (jobs[t].started)
            pthread_join(jobs[t].id, NULL);
        else
            slow_job_main(&jobs[t]);  // no thread was left: do it here
    }
}
