;;; emacs.el --- eglot against our server on stdio  -*- lexical-binding: t -*-
;; Reads a JSON plan from $E2E_PLAN: { snippet, settings: { file, rule }, fix: { file, rule, title }, hover: { file, line, column } },
;; where the snippet is what a user's init file would hold.  Prints one JSON line of what it saw and exits 0, or prints the reason
;; and exits 1.  Run as `emacs --batch -l emacs.el': no -Q, which would hide Debian's packages.
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'json)

;; Stands for the packages that bring the mode; eglot takes the language's name from its name.
(define-derived-mode go-mode prog-mode "Go")
(add-to-list 'auto-mode-alist '("\\.go\\'" . go-mode))

(defun e2e-await (what probe)
  "Answer of PROBE once it is not nil; an error that names WHAT after 20 seconds."
  (let ((end (+ (float-time) 20)) answer)
    (while (not (setq answer (funcall probe)))
      (when (> (float-time) end) (error "Waited in vain: %s" what))
      (accept-process-output nil 0.05))
    answer))

(defun e2e-open (place)
  "Show the file of PLACE, served by eglot."
  (switch-to-buffer (find-file-noselect (alist-get 'file place)))
  (unless (eglot-managed-p) (call-interactively #'eglot)))

(defun e2e-diagnostic (rule)
  "The diagnostic of RULE in the current buffer, or nil."
  (flymake-start)
  (seq-find (lambda (each) (string-search (format "[%s]" rule) (flymake-diagnostic-text each)))
            (flymake-diagnostics)))

(defun e2e-see (place)
  "Wait for a diagnostic of PLACE's rule and move to it; answer what it says."
  (e2e-open place)
  (let* ((rule (alist-get 'rule place))
         (seen (e2e-await rule (lambda () (e2e-diagnostic rule)))))
    (goto-char (flymake-diagnostic-beg seen))
    `((line . ,(line-number-at-pos))
      (type . ,(symbol-name (flymake-diagnostic-type seen)))
      (text . ,(flymake-diagnostic-text seen)))))

(defun e2e-mend (place)
  "See a finding, choose its fix from the menu as a user would, save, and wait until it is gone."
  (let ((seen (e2e-see place)) (last-nonmenu-event ?x))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_ titles &rest _)
                 (car (or (assoc (alist-get 'title place) titles) (error "Offered: %S" (mapcar #'car titles)))))))
      (call-interactively #'eglot-code-actions))
    (unless (buffer-modified-p) (error "The fix changed nothing"))
    ;; Without anybody typing there is no idle time, in which eglot would tell the server of the change.
    (save-buffer)
    (e2e-await "the finding to go" (lambda () (not (e2e-diagnostic (alist-get 'rule place)))))
    seen))

(defun e2e-hover (place)
  "What eldoc gets to show at PLACE."
  (e2e-open place)
  (goto-char (point-min))
  (forward-line (1- (alist-get 'line place)))
  (forward-char (1- (alist-get 'column place)))
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
    (substring-no-properties (e2e-await "a hover" (lambda () shown)))))

(defun e2e-main (plan)
  "Go through PLAN and answer what was seen."
  (let ((make-backup-files nil) (eglot-sync-connect 20) (eglot-confirm-server-initiated-edits nil))
    (eval (read (format "(progn %s)" (alist-get 'snippet plan))) t)
    (prog1 `((settings . ,(e2e-see (alist-get 'settings plan)))
             (fix . ,(e2e-mend (alist-get 'fix plan)))
             (hover . ,(e2e-hover (alist-get 'hover plan))))
      (eglot-shutdown-all))))

(condition-case problem
    (princ (concat "\n" (json-encode (e2e-main (json-read-from-string (getenv "E2E_PLAN")))) "\n"))
  (error (message "FAIL %s" (error-message-string problem))
         (kill-emacs 1)))
